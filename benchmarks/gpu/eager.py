#!/usr/bin/env python3
"""Training steps of the plain eager PyTorch model of steps.py, one for each line of standard input, for StepRatio.

Prints a line with the version of PyTorch when it is ready, then the CPU seconds of each step. Needs Python with torch 2.4 or
later and numpy.
"""
import argparse
import math
import os
import sys
import time

# OpenBLAS has threads of its own, whose waiting would count as time of the step.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import torch
import torch.nn.functional as F


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("layers", "width", "feed-forward", "heads", "tokens", "length"):
        parser.add_argument("--" + name, type=int, required=True)
    parser.add_argument("--precision", choices=("FP32", "BF16"), default="FP32")
    arguments = parser.parse_args()
    if not hasattr(F, "scaled_dot_product_attention"):
        raise SystemExit(f"torch {torch.__version__} has no scaled_dot_product_attention")
    from steps import Plain, batch_of

    torch.set_num_threads(1)
    shape = dict(
        layers=arguments.layers, dModel=arguments.width, ffnSize=arguments.feed_forward, heads=arguments.heads)
    model = Plain(shape, "cpu", arguments.precision, False)
    batch = batch_of(arguments.tokens, arguments.length, 1, "cpu")
    print("torch", torch.__version__, flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        loss = float(model.step(batch))
        seconds = time.process_time() - start
        if not math.isfinite(loss):
            raise SystemExit(f"loss {loss}")
        print(seconds, flush=True)


if __name__ == "__main__":
    main()
