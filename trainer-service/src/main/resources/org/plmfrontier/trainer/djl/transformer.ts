# Transformer language models in TorchScript: the ESM-2 encoder and, where causal is set, a decoder of the same blocks.
# training.ts holds the other half of the class.
#
# Order of p (fair-esm's named_parameters): embedding; per layer k, v, q, out (weight, bias each), norm, fc1, fc2, norm;
#   final norm; output bias, dense, norm.
# Shapes: B sequences of T tokens, H heads of K channels, D = H * K, S selected places; tokens 0 are PAD.

# With bf16, products take bfloat16 and give it; x and the weights are float32.
def linear(x: Tensor, w: Tensor, b: Tensor, bf16: bool) -> Tensor:
  if bf16:
    return torch.linear(x.to(15), w.to(15), b.to(15))
  else:
    return torch.linear(x, w, b)

# Rows of a query or key projection in an order that puts channel j of a head beside j + K / 2, its rotary partner.
# The products of queries with keys do not see the order.
def paired(w: Tensor, H: int) -> Tensor:
  return w.reshape([H, 2, torch.floordiv(w.size(0), 2 * H), -1]).transpose(1, 2).reshape(w.size())

# Unit complex numbers [T, 1, K / 2] of the angles position / 10000^(2j / K)
def turns(positions: Tensor, K: int) -> Tensor:
  frequency = 1.0 / torch.pow(10000, torch.arange(0, K, 2, dtype=4, device=positions.device).to(6) / K)
  angle = positions.to(6).unsqueeze(-1) * frequency
  return torch.complex(torch.cos(angle), torch.sin(angle)).unsqueeze(1)

# Rotary positions of paired channels: x [B, T, H, K] -> the same in float32
def rotated(x: Tensor, turns: Tensor) -> Tensor:
  pairs = x.to(6).unflatten(-1, [-1, 2])
  return torch.flatten(torch.view_as_real(torch.view_as_complex(pairs) * turns), -2)

# Attention without fused kernels: the same bits at every run on every device, memory in T squared.
def plain_attention(q: Tensor, k: Tensor, v: Tensor, keys: Optional[Tensor], causal: bool) -> Tensor:
  scores = torch.matmul(q, k.transpose(-2, -1)).to(6) / torch.sqrt(torch.tensor(q.size(-1), dtype=6))
  if causal:
    ahead = torch.triu(torch.ones([q.size(-2), q.size(-2)], dtype=11, device=q.device), 1)
    scores = torch.masked_fill(scores, ahead, -1e30)
  if torch.__isnot__(keys, None):
    scores = torch.masked_fill(scores, torch.bitwise_not(unchecked_cast(Tensor, keys)), -1e30)
  return torch.matmul(torch.softmax(scores, -1).to(v.dtype), v)

class Model(Module):
  layers : int
  heads : int
  head_dim : int
  norm_eps : float
  causal : bool
  plain : bool
  wide : bool

  # tokens [B, T], scale [B, T] -> embeddings [B * T, D]
  def embedded(self, tokens: Tensor, scale: Tensor) -> Tensor:
    return torch.flatten(torch.embedding(self.p[0], tokens) * scale.unsqueeze(-1), 0, 1)

  # which keys may be looked at [B, 1, 1, T]; none where all may. A causal mask hides the PAD behind a row by itself.
  def visible(self, tokens: Tensor) -> Optional[Tensor]:
    keys : Optional[Tensor] = None
    if not self.causal:
      pad = torch.eq(tokens, 0)
      if bool(torch.any(pad)):
        keys = torch.bitwise_not(pad).unsqueeze(1).unsqueeze(1)
    return keys

  # layer i of x [B * T, D]; where places are given, only their rows come out, [S, D]
  def block(self, i: int, x: Tensor, turns: Tensor, keys: Optional[Tensor], places: Optional[Tensor]) -> Tensor:
    T = turns.size(0)
    H = self.heads
    K = self.head_dim
    D = H * K
    p = self.p
    o = 1 + 16 * i
    y = torch.layer_norm(x, [D], p[o + 8], p[o + 9], self.norm_eps)
    weight = torch.cat([__torch__.paired(p[o + 4], H), __torch__.paired(p[o], H), p[o + 2]])
    bias = torch.cat([__torch__.paired(p[o + 5], H), __torch__.paired(p[o + 1], H), p[o + 3]])
    q, k, v, = torch.unbind(__torch__.linear(y, weight, bias, self.bf16).view([-1, T, 3, H, K]), 2)
    if self.wide:
      v = v.to(6)
    q = __torch__.rotated(q, turns).to(v.dtype).transpose(1, 2)
    k = __torch__.rotated(k, turns).to(v.dtype).transpose(1, 2)
    if self.plain:
      y = __torch__.plain_attention(q, k, v.transpose(1, 2), keys, self.causal)
    else:
      y = torch.scaled_dot_product_attention(q, k, v.transpose(1, 2), keys, 0.0, self.causal)
    y = y.transpose(1, 2).reshape([-1, D])
    if torch.__isnot__(places, None):
      rows = unchecked_cast(Tensor, places)
      x = torch.index_select(x, 0, rows)
      y = torch.index_select(y, 0, rows)
    x = x + __torch__.linear(y, p[o + 6], p[o + 7], self.bf16)
    y = torch.layer_norm(x, [D], p[o + 14], p[o + 15], self.norm_eps)
    y = torch.gelu(__torch__.linear(y, p[o + 10], p[o + 11], self.bf16))
    return x + __torch__.linear(y, p[o + 12], p[o + 13], self.bf16)

  # hidden states before each layer, after the last one, and after the final norm [layers + 2, B * T, D]
  def hidden(self, tokens: Tensor, scale: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    turns = __torch__.turns(torch.arange(tokens.size(1), device=tokens.device), self.head_dim)
    keys = self.visible(tokens)
    x = self.embedded(tokens, scale)
    states = [x]
    for i in range(self.layers):
      x = self.block(i, x, turns, keys, None)
      states.append(x)
    o = 1 + 16 * self.layers
    states.append(torch.layer_norm(x, [x.size(-1)], self.p[o], self.p[o + 1], self.norm_eps))
    return torch.stack(states)

  # logits [S, 29] at the selected places of the flattened batch; the embedding is the output matrix. What the last layer
  # does behind its attention is done at those places only.
  def logits_at(self, tokens: Tensor, scale: Tensor, selected: Tensor) -> Tensor:
    p = self.p
    D = self.heads * self.head_dim
    turns = __torch__.turns(torch.arange(tokens.size(1), device=tokens.device), self.head_dim)
    keys = self.visible(tokens)
    x = self.embedded(tokens, scale)
    for i in range(self.layers - 1):
      x = self.block(i, x, turns, keys, None)
    x = self.block(self.layers - 1, x, turns, keys, selected)
    o = 1 + 16 * self.layers
    x = torch.layer_norm(x, [D], p[o], p[o + 1], self.norm_eps)
    x = torch.gelu(__torch__.linear(x, p[o + 3], p[o + 4], self.bf16)).to(6)
    x = torch.layer_norm(x, [D], p[o + 5], p[o + 6], self.norm_eps)
    return torch.linear(x, p[0], p[o + 2])

