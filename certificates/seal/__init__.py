"""The keys of the installation, the seal of a file, and whether it is whole."""
