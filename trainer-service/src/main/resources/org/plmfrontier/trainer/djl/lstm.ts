# Two-directional LSTM language model in TorchScript, as the fixtures' reference in PyTorch: two stacks of their own, the
# backward one over each row reversed within its length, joined before the output. training.ts holds the other half of the
# class.
#
# Order of p: embedding; forward stack, per layer input weights, recurrent weights and their biases (gates i, f, g, o);
#   backward stack likewise; output weight, bias.
# Shapes: B rows of T tokens, D channels of the embedding, H of each direction, S selected places; tokens 0 are PAD.
class Model(Module):
  layers : int
  hidden_size : int

  # one stack over tokens [B, T] -> its last layer's output [B * T, H]; what stands behind a row's end is never looked at
  def stack(self, tokens: Tensor, first: int) -> Tensor:
    x = torch.embedding(self.p[0], tokens.t())
    weights : List[Tensor] = []
    for i in range(4 * self.layers):
      weights.append(self.p[first + i])
    if self.bf16:
      x = x.to(15)
      weights = self.rounded(weights)
    start = torch.zeros([self.layers, tokens.size(0), self.hidden_size], dtype=x.dtype, device=x.device)
    out, h, c, = torch.lstm(x, [start, start], weights, True, self.layers, 0.0, True, False, False)
    return torch.flatten(out.transpose(0, 1), 0, 1)

  def rounded(self, weights: List[Tensor]) -> List[Tensor]:
    out : List[Tensor] = []
    for w in weights:
      out.append(w.to(15))
    return out

  # logits [S, 29] at the selected places of the flattened batch
  def logits_at(self, tokens: Tensor, scale: Tensor, selected: Tensor) -> Tensor:
    T = tokens.size(1)
    p = self.p
    lengths = torch.sum(torch.ne(tokens, 0), [1], True)
    place = torch.arange(T, device=tokens.device).unsqueeze(0)
    mirror = torch.where(torch.lt(place, lengths), lengths - 1 - place, place)
    row = torch.arange(tokens.size(0), device=tokens.device).unsqueeze(1) * T
    forward = self.stack(tokens, 1)
    backward = self.stack(torch.gather(tokens, 1, mirror), 1 + 4 * self.layers)
    ahead = torch.index_select(forward, 0, selected)
    behind = torch.index_select(backward, 0, torch.index_select(torch.flatten(row + mirror), 0, selected))
    o = 1 + 8 * self.layers
    return torch.linear(torch.cat([ahead, behind], 1).to(6), p[o], p[o + 1])

