"""The web page: all of the work on a laptop, without a network.

``app.py`` puts it together, ``guard.py`` lets in only requests of the page itself, ``library.py``
holds the archive and keeps what takes long, ``rendering.py`` makes pages of ``templates/``. Each
page has a module in ``pages/``, programs have the table of ``api.py``, which
``answering.py`` answers. What pages say is in ``wording/web/``.
"""
