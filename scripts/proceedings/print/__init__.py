"""Printed products: the volume, offprints, reading copies, the booklet and the stage backdrop."""
