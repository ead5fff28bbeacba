"""Checks docs/ and mkdocs.yml against each other and against data/, before MkDocs reads them."""
