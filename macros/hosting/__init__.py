"""What a host sends and keeps: policy, headers, media types, local server, releases, object stores."""
