"""Approach 3 by SciPy on the losses of SurfaceSpeed: same objective (Huber of ln L, delta 0.001, scaled), same parameters
(ln E, ln A, ln B at the centre, alpha, beta), analytic gradient, ten starts of the same grid of exponents per resample.

Arguments: the CSV, the CPU seconds of the suite and the resamples they were spent on.
"""
import csv
import sys
import time

import numpy
import scipy
from scipy.optimize import minimize, nnls

DELTA = 1e-3
STARTS = [(0.3, 0.3), (0.3, 0.65), (0.65, 0.3), (0.12, 0.3), (0.3, 0.12),
          (0.12, 0.65), (0.65, 0.12), (0.12, 0.12), (0.65, 0.65), (0.2, 1.3)]
RESAMPLES = 20

rows = list(csv.DictReader(open(sys.argv[1])))
x = numpy.log([float(r["N"]) for r in rows])
y = numpy.log([float(r["D"]) for r in rows])
loss = numpy.array([float(r["loss"]) for r in rows])
x -= x.mean()
y -= y.mean()
ln_loss = numpy.log(loss)


def objective(theta, w):
    e = numpy.exp(theta[0])
    n = numpy.exp(theta[1] - theta[3] * x)
    d = numpy.exp(theta[2] - theta[4] * y)
    total = e + n + d
    r = ln_loss - numpy.log(total)
    size = numpy.abs(r)
    inside = size <= DELTA
    scale = w / (w.sum() * DELTA**2)
    value = (scale * numpy.where(inside, 0.5 * r * r, DELTA * (size - 0.5 * DELTA))).sum()
    pull = -scale * numpy.clip(r, -DELTA, DELTA) / total
    gn = pull * n
    gd = pull * d
    return value, numpy.array([(pull * e).sum(), gn.sum(), gd.sum(), -(gn * x).sum(), -(gd * y).sum()])


def start(alpha, beta, w):
    parts = numpy.stack([1 / loss, numpy.exp(-alpha * x) / loss, numpy.exp(-beta * y) / loss], axis=1)
    root = numpy.sqrt(w)
    factors, _ = nnls(parts * root[:, None], root)
    means = (parts * w[:, None]).sum(axis=0) / w.sum()
    return numpy.concatenate([numpy.log(numpy.maximum(factors, 1e-3 / means)), [alpha, beta]])


def fit(w):
    ends = [minimize(objective, start(*s, w), args=(w,), jac=True, method="BFGS", options={"gtol": 1e-5, "maxiter": 1000})
            for s in STARTS]
    return min(ends, key=lambda end: end.fun)


best = fit(numpy.ones(len(loss)))
print(f"SciPy {scipy.__version__}: objective {best.fun * len(loss) * DELTA**2:.10f}, a {best.x[4] / (best.x[3] + best.x[4]):.6f}")
random = numpy.random.default_rng(1)
begin = time.process_time()
for _ in range(RESAMPLES):
    fit(numpy.bincount(random.integers(0, len(loss), len(loss)), minlength=len(loss)).astype(float))
each = (time.process_time() - begin) / RESAMPLES
own = float(sys.argv[2]) / float(sys.argv[3])
print(f"CPU per resample of ten starts: SciPy {1e3 * each:.1f} ms ({RESAMPLES} resamples), here {1e3 * own:.2f} ms, "
      f"ratio {each / own:.0f}")
