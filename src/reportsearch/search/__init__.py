"""Search: the query language, the engine contract, ranking, and the engines themselves."""
