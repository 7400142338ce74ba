"""The web page: all of the work on a laptop, without a network.

``app.py`` puts it together, ``guard.py`` lets in only requests of the page itself, ``library.py``
holds the archive and keeps what takes long, ``rendering.py`` makes pages of ``templates/``. Each
page has a module in ``pages/``; of the search ``asked.py`` reads the address, ``facets.py`` has
what is beside and ``understood.py`` how the query was understood. Programs have the table of
``api/``, whose operations are those of the archive. What pages say is in ``wording/web/``.
"""
