#!/usr/bin/env python3
"""Runs what the archives do with packed rows on CUDA on a CPU: the kernel of variable length is written out in Python.

libtorch has that kernel for CUDA only. Here it is registered for the CPU with the same demands on its arguments, forward and
back, and the archives, for which CPUs go row by row otherwise, are made to call it. Loss, gradients and sums of evaluations of
packed rows are held against padded ones, for heads of 8, 12 and 20 channels. It shows that the call is right, not that the
kernel is. Needs Python with torch 2.6 or later and numpy; the archives come from Archives (see benchmarks/README.md), for cuda.
"""
import argparse
import json
import math
import os
import sys
import tempfile
import zipfile

import torch

from steps import Archive, layouts

LENGTHS = (3, 61, 7, 24, 60)
# some last places of bfloat16, 2^-8 each
ASKED = {"loss": 5e-3, "gradients": 5e-2, "evaluation": 5e-3}
BRANCH = b"    if q.is_cuda:\n      y = __torch__.flash_attention"


def require(q, k, v, ends, other_ends, longest, other_longest, dropout, debug):
    """What libtorch's kernel demands of its arguments, and that the longest row is what it is said to be."""
    for x in (q, k, v):
        assert x.dim() == 3 and x.dtype == torch.bfloat16 and x.stride(-1) == 1 and x.size(-1) % 8 == 0, (x.shape, x.dtype)
    for x in (ends, other_ends):
        assert x.dtype == torch.int32 and x.is_contiguous() and x[0] == 0 and x[-1] == q.size(0), x
    assert longest == other_longest == int(ends.diff().max()), (longest, other_longest)
    assert dropout == 0.0 and not debug


def rows(ends):
    return [slice(start, end) for start, end in zip(ends[:-1].tolist(), ends[1:].tolist())]


def heads_first(x, row):
    return x[row].transpose(0, 1).float()


def probabilities(q, k, row, causal, scale):
    scores = heads_first(q, row) @ heads_first(k, row).transpose(1, 2) * scale
    if causal:
        scores = scores.masked_fill(torch.ones(scores.shape[1:], dtype=torch.bool).triu(1), -math.inf)
    return scores.softmax(-1)


def forward(q, k, v, ends, other_ends, longest, other_longest, dropout, causal, debug, *, scale=None, **others):
    require(q, k, v, ends, other_ends, longest, other_longest, dropout, debug)
    forward.calls += 1
    parts = [(probabilities(q, k, row, causal, scale) @ heads_first(v, row)).transpose(0, 1) for row in rows(ends)]
    state = torch.zeros(2, dtype=torch.int64)
    return torch.cat(parts).to(q.dtype), torch.zeros(q.size(1), q.size(0)), state, state.clone(), state.clone()


def backward(gradient, q, k, v, out, sums, ends, other_ends, longest, other_longest, dropout, causal, state, unused, *,
             scale=None, **others):
    require(q, k, v, ends, other_ends, longest, other_longest, dropout, False)
    parts = ([], [], [])
    for row in rows(ends):
        p, g = probabilities(q, k, row, causal, scale), heads_first(gradient, row)
        of_p = g @ heads_first(v, row).transpose(1, 2)
        of_scores = p * (of_p - (of_p * p).sum(-1, keepdim=True)) * scale
        values = of_scores @ heads_first(k, row), of_scores.transpose(1, 2) @ heads_first(q, row), p.transpose(1, 2) @ g
        for part, value in zip(parts, values):
            part.append(value.transpose(0, 1))
    return tuple(torch.cat(part).to(q.dtype) for part in parts)


def calling(archive, folder):
    """The archive with the branch of CUDA taken everywhere."""
    changed = os.path.join(folder, os.path.basename(archive))
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith(".py"):
                assert data.count(BRANCH) == 1, "the text of the archives is not what this script changes"
                data = data.replace(BRANCH, BRANCH.replace(b"q.is_cuda", b"True"))
            target.writestr(name, data)
    return changed


def random_batch():
    generator = torch.Generator().manual_seed(7)
    lengths = torch.tensor(LENGTHS)
    tokens = torch.randint(4, 24, (len(LENGTHS), max(LENGTHS)), generator=generator, dtype=torch.int32)
    tokens[torch.arange(max(LENGTHS))[None] >= lengths[:, None]] = 0
    chosen = (torch.rand(tokens.shape, generator=generator) < 0.3) & (tokens != 0)
    selected = chosen.flatten().nonzero().flatten().to(torch.int32)
    targets = torch.randint(4, 24, (selected.numel(),), generator=generator)
    return layouts(tokens, (tokens != 0).float(), selected, targets)


def compared(entry, archives, folder, batch):
    file = os.path.join(archives, entry["files"]["BF16"])
    padded = Archive(file, entry["parameters"], "cpu", layout="padded")
    packed = Archive(calling(file, folder), entry["parameters"], "cpu", layout="packed")
    wanted, loss = float(padded.micro(batch)), float(packed.micro(batch))
    everything = math.sqrt(sum(float(g.norm()) ** 2 for g in padded.g))
    worst = max(float((a - b).norm() / (b.norm() + 0.01 * everything)) for a, b in zip(packed.g, padded.g))
    sums, evaluated = padded.module.evaluate(*batch["padded"]), packed.module.evaluate(*batch["packed"])
    return {"loss": abs(loss - wanted) / wanted, "gradients": worst,
            "evaluation": float((evaluated - sums).abs().max() / sums[0])}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archives", help="folder that Archives wrote")
    arguments = parser.parse_args()
    library = torch.library.Library("aten", "IMPL")
    library.impl("_flash_attention_forward", forward, "CPU")
    library.impl("_flash_attention_backward", backward, "CPU")
    with open(os.path.join(arguments.archives, "manifest.json")) as file:
        entries = json.load(file)["heads"]
    batch = random_batch()
    ok = True
    with tempfile.TemporaryDirectory() as folder, torch.jit.optimized_execution(False):
        for name, entry in sorted(entries.items()):
            forward.calls = 0
            measured = compared(entry, arguments.archives, folder, batch)
            good = forward.calls == 2 * entry["shape"]["layers"] and all(measured[k] <= ASKED[k] for k in ASKED)
            ok = ok and good
            print(json.dumps({"model": name, "calls": forward.calls, "asked": ASKED, "measured": measured, "ok": good}), flush=True)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
