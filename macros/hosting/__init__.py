"""What a host sends and keeps: policy, headers, media types, local server, releases, object stores."""

from .frozen import LIST, Frozen, addresses, calculator_names
from .hashing import file_of, hash_names
from .headers import write_cloud
from .policy import PolicyError, frame_policy, with_policy_instead, write_policy
from .ports import BadPort, port_of

__all__ = [
    "LIST",
    "BadPort",
    "Frozen",
    "PolicyError",
    "addresses",
    "calculator_names",
    "file_of",
    "frame_policy",
    "hash_names",
    "port_of",
    "with_policy_instead",
    "write_cloud",
    "write_policy",
]
