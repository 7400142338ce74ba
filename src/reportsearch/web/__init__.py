"""The web interface, for all work on a laptop without a network.

``app.py`` assembles it, ``security.py`` admits only requests from our own pages,
``archive_service.py`` holds the archive and answers requests, ``jobs.py`` runs long tasks, and
``templating.py`` renders ``templates/``. Each page has a module in ``pages/``; analysis pages are
built from ``analysis_form.py`` and ``analysis_page.py``. ``api/`` is the API for programs.
"""
