"""The API under /api/: one table of operations, its routes and its OpenAPI document."""
