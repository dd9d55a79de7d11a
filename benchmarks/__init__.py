"""How fast it is, as ratios measured side by side in one run.

python -m benchmarks pages
python -m benchmarks writes --json
python -m benchmarks reports --short
"""
