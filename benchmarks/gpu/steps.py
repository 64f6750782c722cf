#!/usr/bin/env python3
"""Runs the project's own TorchScript training step on a GPU (or CPU) beside the same model in plain PyTorch.

Needs Python with torch 2.x and numpy only. The archives and manifest.json come from
org.plmfrontier.benchmarks.step.Archives (see benchmarks/README.md); no weights are in them.

What it prints, as JSON lines and then as a table:
  parity   logits, loss and gradients of the small reference models against float64 (fixtures), asked and measured, and of
           packed rows against padded ones
  steps    tokens/s, TFLOP/s and MFU of the archive, of eager PyTorch with SDPA, and of torch.compile, in turns; tokens
           are those that are no PAD

As the trainer does, the archive takes rows one behind the other without PAD for BF16 on CUDA, and padded rows elsewhere. With
--shortest 0.5, say, rows are of half the length to the whole of it, and the archive is timed with padded rows, too.
"""
import argparse
import json
import math
import os
import statistics
import time

import numpy as np
import torch
import torch.nn.functional as F

MASK, START, END, FIRST, RESIDUES = 3, 1, 2, 4, 20
SELECTED = 0.15


def fixture(path):
    """Tensors and metadata of a safetensors file."""
    kinds = {"F32": np.float32, "F64": np.float64, "I64": np.int64, "I32": np.int32}
    with open(path, "rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
        data = file.read()
    meta = header.pop("__metadata__", {})
    tensors = {
        name: np.frombuffer(data[t["data_offsets"][0]:t["data_offsets"][1]], kinds[t["dtype"]]).reshape(t["shape"])
        for name, t in header.items()}
    return tensors, meta


class Archive:
    """A model of the project: Python owns the tensors, the script trains them in place, as the Java trainer does."""

    def __init__(self, file, parameters, device, values=None, layout="padded"):
        self.layout = layout
        torch.jit.set_fusion_strategy([])
        self.device = device
        self.module = torch.jit.load(file, map_location=device)
        generator = torch.Generator().manual_seed(1)
        self.p = []
        for name, shape in parameters:
            if values is not None:
                tensor = torch.tensor(values[name])
            elif len(shape) == 2:
                tensor = (torch.rand(shape, generator=generator) * 2 - 1) / math.sqrt(shape[1])
            elif name.endswith("norm.weight") or name.endswith("norm_after.weight"):
                tensor = torch.ones(shape)
            else:
                tensor = torch.zeros(shape)
            self.p.append(tensor.to(device).contiguous())
        zeros = lambda: [torch.zeros_like(x) for x in self.p]
        self.g = zeros()
        self.t = [torch.zeros((), device=device) for _ in self.p]
        total = torch.zeros((), device=device, dtype=torch.float64)
        self.module.init(self.p, zeros(), zeros(), self.t, self.g, [total])
        # torch.nn.Module has an apply of its own, which hides the script's
        self.apply = self.module._c._get_method("apply")

    def micro(self, batch):
        return self.module.micro(*batch[self.layout])

    def step(self, batch):
        """Gives the device a step; its loss and norm come into the host's memory when it is done."""
        self.micro(batch)
        return self.apply(torch.tensor(1e-4, dtype=torch.float64))


class Block(torch.nn.Module):
    def __init__(self, d, ffn, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = torch.nn.LayerNorm(d), torch.nn.LayerNorm(d)
        self.qkv, self.out = torch.nn.Linear(d, 3 * d), torch.nn.Linear(d, d)
        self.fc1, self.fc2 = torch.nn.Linear(d, ffn), torch.nn.Linear(ffn, d)

    def forward(self, x, cos, sin, keys):
        b, t, d = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        turn = lambda z: z * cos + torch.cat([-z[..., z.size(-1) // 2:], z[..., :z.size(-1) // 2]], -1) * sin
        y = F.scaled_dot_product_attention(turn(q).to(v.dtype), turn(k).to(v.dtype), v, keys)
        x = x + self.out(y.transpose(1, 2).reshape(b, t, d))
        return x + self.fc2(F.gelu(self.fc1(self.norm2(x))))


class Plain(torch.nn.Module):
    """The encoder as one writes it in PyTorch: SDPA, autocast, fused AdamW, loss at the selected places."""

    def __init__(self, shape, device, precision, compiled):
        super().__init__()
        d, heads = shape["dModel"], shape["heads"]
        self.embedding = torch.nn.Embedding(29, d)
        self.blocks = torch.nn.ModuleList(Block(d, shape["ffnSize"], heads) for _ in range(shape["layers"]))
        self.norm, self.dense, self.head_norm = torch.nn.LayerNorm(d), torch.nn.Linear(d, d), torch.nn.LayerNorm(d)
        self.bias = torch.nn.Parameter(torch.zeros(29))
        self.frequency = 1.0 / 10000 ** (torch.arange(0, d // heads, 2, device=device) / (d // heads))
        self.to(device)
        torch.nn.init.uniform_(self.embedding.weight, -d ** -0.5, d ** -0.5)
        self.bf16 = precision.startswith("BF16")
        self.kind = torch.device(device).type
        self.optimizer = torch.optim.AdamW(self.parameters(), lr=1e-4, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self.run = torch.compile(self.loss) if compiled else self.loss

    def loss(self, tokens, selected, targets, padded):
        angle = torch.arange(tokens.size(1), device=tokens.device)[:, None] * torch.cat([self.frequency] * 2)[None]
        keys = (tokens != 0)[:, None, None, :] if padded else None
        x = self.embedding(tokens)
        for block in self.blocks:
            x = block(x, angle.cos(), angle.sin(), keys)
        x = self.norm(x).flatten(0, 1)[selected]
        x = self.head_norm(F.gelu(self.dense(x)))
        return F.cross_entropy(F.linear(x, self.embedding.weight, self.bias).float(), targets)

    def step(self, batch):
        # the archive leaves autograd off
        torch.set_grad_enabled(True)
        with torch.autocast(self.kind, torch.bfloat16, enabled=self.bf16):
            loss = self.run(batch["tokens"], batch["selected"].long(), batch["targets"], batch["isPadded"])
        self.optimizer.zero_grad(set_to_none=False)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters(), 1.0)
        self.optimizer.step()
        return loss.detach()


def whole(*parts):
    return torch.cat([part.flatten().float() for part in parts])


def layouts(tokens, scale, selected, targets):
    """A batch as the Java trainer hands it to the script, padded and packed: one array on the host, an empty one with the sizes."""
    weight = torch.tensor([1.0 / selected.numel()])
    real = tokens != 0
    lengths = real.sum(1)
    ends = torch.cat([torch.zeros(1), lengths.cumsum(0)])
    positions = torch.arange(tokens.size(1)).expand(tokens.shape)[real]
    place = real.flatten().cumsum(0) - 1
    count, longest = int(lengths.sum()), int(lengths.max())
    return {"padded": (whole(tokens, scale, selected, targets, weight),
                       torch.empty([*tokens.shape, selected.numel(), 1 if bool(real.all()) else 2, 0])),
            "packed": (whole(tokens[real], scale[real], place[selected.long()], targets, positions, ends, weight),
                       torch.empty([tokens.size(0), longest, selected.numel(), count, 0, 0]))}


def batch_of(tokens, length, shortest, device):
    """Random proteins of a length, or of that share of it to the whole, 15 % of their residues masked."""
    generator = torch.Generator().manual_seed(7)
    rows = max(1, tokens // length)
    clean = torch.randint(FIRST, FIRST + RESIDUES, (rows, length), generator=generator, dtype=torch.int32)
    lengths = torch.linspace(length, max(2, shortest * length), rows).long()
    place = torch.arange(length)[None]
    clean[:, 0] = START
    clean[place == lengths[:, None] - 1] = END
    clean[place >= lengths[:, None]] = 0
    chosen = (torch.rand(rows, length, generator=generator) < SELECTED) & (clean >= FIRST)
    selected = chosen.flatten().nonzero().flatten().to(torch.int32)
    targets = clean.flatten()[selected.long()].long()
    masked = clean.masked_fill(chosen, MASK)
    scale = (clean != 0).float()
    batch = {name: value.to(device) for name, value in dict(tokens=masked, selected=selected, targets=targets).items()}
    return batch | layouts(masked, scale, selected, targets) | {"lengths": lengths, "isPadded": shortest < 1}


def synchronize(device):
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize()


def timed(side, batch, device, steps):
    synchronize(device)
    start = time.perf_counter()
    for _ in range(steps):
        loss = side.step(batch)
    synchronize(device)
    value = float(loss.flatten()[0])
    if not math.isfinite(value):
        raise SystemExit(f"loss {value}")
    return (time.perf_counter() - start) / steps


def flops(shape, lengths):
    """Training FLOPs, Serrano et al. 2024, Table 5; the same sum as FlopCount of the project."""
    d, ffn, layers, heads, v = shape["dModel"], shape["ffnSize"], shape["layers"], shape["heads"], 29
    per_token = 2 * v * d + layers * (8 * d * d + 4 * d * ffn) + 2 * (d * d + d * v)
    per_square = layers * (4 * d + 3 * heads)
    return 3 * (per_token * int(lengths.sum()) + per_square * int((lengths * lengths).sum()))


def parity(arguments, manifest):
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    entry = manifest["parity"]
    tensors, _ = fixture(os.path.join(arguments.fixtures, "tiny.safetensors"))
    values = {name[len("param."):]: tensor for name, tensor in tensors.items() if name.startswith("param.")}
    parameters = [(name, shape) for name, shape in entry["parameters"]]
    model = Archive(os.path.join(arguments.archives, entry["files"]["FP32"]), parameters, arguments.device, values)
    labels = torch.tensor(tensors["labels"]).flatten()
    selected = (labels != -100).nonzero().flatten()
    tokens = torch.tensor(tensors["tokens"]).to(torch.int32)
    scale = (tokens != 0).float()
    batch = layouts(tokens, scale, selected, labels[selected])
    loss = float(model.micro(batch))
    logits = model.module.logits(tokens.to(arguments.device), scale.to(arguments.device))
    logits = logits.cpu().numpy().reshape(4, 40, 29)
    real = tensors["tokens"] != 0
    rows = [("tiny logits", 5e-5, float(np.abs(logits - tensors["tdoff.f64.logits"])[real].max())),
            ("tiny loss", 5e-6, abs(loss - float(tensors["tdoff.f64.loss"])))]
    worst = 0.0
    for (name, _), gradient in zip(parameters, model.g):
        wanted = tensors["tdoff.f64.grad." + name]
        norm = np.linalg.norm(wanted)
        # a gradient that is nothing but rounding has no relative error
        if norm > 1e-8:
            worst = max(worst, float(np.linalg.norm(gradient.cpu().numpy() - wanted) / norm))
    rows.append(("tiny gradients, relative", 3e-5, worst))
    rows += packed_parity(arguments, entry, parameters, values, batch)
    for what, asked, measured in rows:
        print(json.dumps({"parity": what, "asked": asked, "measured": measured, "ok": measured <= asked}), flush=True)
    return all(measured <= asked for _, asked, measured in rows)


def packed_parity(arguments, entry, parameters, values, batch):
    """Packed rows against padded ones of unequal length: float32 on a CPU, where they go row by row, and bfloat16 anywhere."""
    rows = []
    on_cuda = torch.device(arguments.device).type == "cuda"
    # the tolerance of bfloat16 is some of its last places, 2^-8 each
    for precision, asked in (("BF16", 5e-2),) if on_cuda else (("FP32", 2e-5), ("BF16", 5e-2)):
        file = os.path.join(arguments.archives, entry["files"][precision])
        sides = [Archive(file, parameters, arguments.device, values, layout) for layout in ("padded", "packed")]
        losses = [float(side.micro(batch)) for side in sides]
        wanted, measured = ([g.double().cpu() for g in side.g] for side in sides)
        everything = math.sqrt(sum(float(g.norm()) ** 2 for g in wanted))
        # a gradient that is small beside the whole is rounding of what cancels in it
        worst = max(float((a - b).norm() / (b.norm() + 0.01 * everything)) for a, b in zip(measured, wanted))
        rows.append((f"packed rows, {precision}, loss, relative", asked, abs(losses[1] - losses[0]) / losses[0]))
        rows.append((f"packed rows, {precision}, gradients, relative", asked, worst))
    return rows


def row(arguments, manifest, size, length, precision):
    entry = manifest["models"][size]
    shape = entry["shape"]
    batch = batch_of(arguments.tokens, length, arguments.shortest, arguments.device)
    count = flops(shape, batch["lengths"])
    if size + str(length) in manifest["checkFlops"] and batch["lengths"].tolist() == [length]:
        assert count == manifest["checkFlops"][size + str(length)], "FLOPs of the script differ from the project's"
    layout = arguments.layout
    if layout == "auto":
        layout = "packed" if precision.startswith("BF16") and torch.device(arguments.device).type == "cuda" else "padded"
    archive = lambda layout: Archive(os.path.join(arguments.archives, entry["files"][precision]), entry["parameters"],
                                     arguments.device, layout=layout)
    sides = {"archive": archive(layout)}
    if batch["isPadded"] and layout == "packed":
        sides["archivePadded"] = archive("padded")
    sides["eager"] = Plain(shape, arguments.device, precision, False)
    if arguments.compile:
        sides["compiled"] = Plain(shape, arguments.device, precision, True)
    for side in sides.values():
        timed(side, batch, arguments.device, arguments.warmup)
    times = {name: [] for name in sides}
    for _ in range(arguments.rounds):
        for name, side in sides.items():
            times[name].append(timed(side, batch, arguments.device, arguments.steps))
    peak = peak_of(arguments, manifest, precision)
    tokens = int(batch["lengths"].sum())
    result = {"size": size, "length": length, "precision": precision, "layout": layout, "tokens": tokens,
              "padding": round(1 - tokens / batch["tokens"].numel(), 4)}
    for name, values in times.items():
        seconds = statistics.median(values)
        result[name] = {"tokensPerSecond": round(tokens / seconds), "tflops": round(count / seconds / 1e12, 3),
                        "mfu": round(count / seconds / peak, 4) if peak else None}
        result[name]["overEager"] = round(statistics.median(times["eager"]) / seconds, 3)
    if torch.device(arguments.device).type == "cuda":
        result["peakGiB"] = round(torch.cuda.max_memory_allocated() / 2 ** 30, 2)
        torch.cuda.reset_peak_memory_stats()
    print(json.dumps(result), flush=True)
    return result


def peak_of(arguments, manifest, precision):
    """FLOP/s of the device's dense products; None where the project's table does not know it."""
    if torch.device(arguments.device).type != "cuda":
        return None
    name = torch.cuda.get_device_name()
    for known, peaks in manifest["peaks"].items():
        if known in name:
            return peaks.get(precision)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archives", help="folder that Archives wrote")
    parser.add_argument("fixtures", help="folder with tiny.safetensors")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--sizes", default="5M,15M,35M,50M,100M,150M,300M,650M")
    parser.add_argument("--lengths", default="512,1024")
    parser.add_argument("--precisions", default="BF16")
    parser.add_argument("--tokens", type=int, default=65536, help="tokens per step, with PAD")
    parser.add_argument("--layout", choices=("auto", "packed", "padded"), default="auto", help="of the archive's rows")
    parser.add_argument("--shortest", type=float, default=1.0, help="length of the shortest row over that of the longest")
    parser.add_argument("--steps", type=int, default=10, help="steps per round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=3)
    parser.add_argument("--compile", action="store_true")
    arguments = parser.parse_args()
    with open(os.path.join(arguments.archives, "manifest.json")) as file:
        manifest = json.load(file)
    device = torch.cuda.get_device_name() if arguments.device.startswith("cuda") else "CPU"
    print(json.dumps({"device": device, "torch": torch.__version__}), flush=True)
    ok = parity(arguments, manifest)
    rows = []
    with torch.jit.optimized_execution(False):
        for precision in arguments.precisions.split(","):
            torch.backends.cuda.matmul.allow_tf32 = precision == "TF32"
            for size in arguments.sizes.split(","):
                for length in arguments.lengths.split(","):
                    rows.append(row(arguments, manifest, size, int(length), precision))
    print(f"\n{device}, torch {torch.__version__}, {arguments.tokens} tokens per step with PAD\n")
    print("| size | length | precision | rows | archive tokens/s | MFU | over eager | archive, padded | eager tokens/s"
          " | compiled tokens/s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for r in rows:
        mfu = "-" if r["archive"]["mfu"] is None else f"{100 * r['archive']['mfu']:.1f} %"
        compiled = r["compiled"]["tokensPerSecond"] if "compiled" in r else "-"
        padded = r["archivePadded"]["tokensPerSecond"] if "archivePadded" in r else "-"
        print(f"| {r['size']} | {r['length']} | {r['precision']} | {r['layout']} | {r['archive']['tokensPerSecond']} | {mfu} |"
              f" {r['archive']['overEager']} | {padded} | {r['eager']['tokensPerSecond']} | {compiled} |")
    raise SystemExit(0 if ok else 1)


if __name__ == "__main__":
    main()
