"""What our ways cost: the index beside the way every tutorial shows (`python -m bench`), and extraction (`bench.bench_extract`)."""
