"""``python -m reportsearch``."""

import sys

from reportsearch.cli import main

sys.exit(main())
