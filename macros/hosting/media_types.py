"""What kind of content the name of a file stands for; nothing here depends on the machine."""

# hosts send texts packed to those who can unpack them: what keeps copies for many has to know
VARY = "Accept-Encoding"
UTF8_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".yml": "application/yaml",
}
OTHER_TYPES = {
    "": "application/octet-stream",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gz": "application/gzip",
    ".ico": "image/vnd.microsoft.icon",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
