"""The portal's own packages: the kernel (`disclosure`), the outputs, and `portal`, which drives Pelican."""
