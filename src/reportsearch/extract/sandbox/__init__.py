"""Read files in a separate process, which a hostile file may break without harm."""
