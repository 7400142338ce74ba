"""The API under /api/: its table of operations, its routes and its OpenAPI document."""
