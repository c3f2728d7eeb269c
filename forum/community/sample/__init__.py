"""A synthetic community for load and benchmarks, as real use would leave one. The same for the same seed and day."""
