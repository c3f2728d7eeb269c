"""The door for any WSGI server: `granian --interface wsgi wsgi:application`, or `forum serve` for the usual one."""

from forum.app import create_app

application = create_app()
