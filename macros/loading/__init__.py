"""From the YAML files to a checked guide, with every problem at its line."""
