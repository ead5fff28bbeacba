"""The open data under /data/ and the feed of /changes/: the build's step after the pages.

datasets (what is published) → tables (CSV) and schemas (JSON Schema) → package (descriptor of all) → writing.
"""
