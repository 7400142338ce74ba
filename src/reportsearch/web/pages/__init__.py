"""One module per page, with its addresses in ``ROUTES`` and a function for each."""
