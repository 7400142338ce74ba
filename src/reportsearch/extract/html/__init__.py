"""Web pages (.html, .mht): the main text without what the site puts around it."""
