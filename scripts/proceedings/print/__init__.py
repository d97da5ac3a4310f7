"""What is printed: the volume, offprints, reading copies, the booklet and the stage backdrop."""
