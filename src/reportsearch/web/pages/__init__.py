"""A module for each page: its addresses in ``ROUTES``, a function for each."""
