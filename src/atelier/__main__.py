"""`python -m atelier`, and what a bundle runs."""

import sys


def _run() -> int:
    if sys.argv[1:2] == ["--draw-pages"]:
        from atelier.importers.pdf_pages import serve

        return serve(sys.argv[2])
    if sys.argv[1:2] == ["--serve-remote"]:
        from atelier.server.process import serve as serve_remote

        return serve_remote()
    from atelier.cli import main

    return main()


sys.exit(_run())
