"""The web page: all of the work on a laptop, without a network.

``app.py`` puts it together, ``security.py`` lets in only requests of our own pages,
``archive_service.py`` holds the archive and answers what is asked, ``jobs.py`` does what takes
long, ``templating.py`` renders ``templates/``. Each page has a module in ``pages/``; a page of an
analysis is an ``analysis_form.py`` and an ``analysis_page.py``. ``api/`` is the API for programs.
"""
