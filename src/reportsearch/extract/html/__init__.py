"""Web pages (.html, .mht): the main text without the site's menus and other furniture."""
