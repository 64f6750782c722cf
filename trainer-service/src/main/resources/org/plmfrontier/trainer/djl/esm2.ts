# ESM-2 encoder with masked-language-model loss and a fused Adam step, in TorchScript.
#
# The caller owns all tensors and hands them over once, by init. Order of p (fair-esm's named_parameters):
#   embedding; per layer k, v, q, out (weight, bias each), norm, fc1, fc2, norm; final norm; output bias, dense, norm.
# Shapes: B sequences of T tokens, D channels, S selected positions; tokens 0 are PAD.
# In-place list operators act on attributes only: on a local list, dead-code elimination drops them.

def halves_rotated(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  h = torch.floordiv(x.size(-1), 2)
  a = x.narrow(-1, 0, h)
  b = x.narrow(-1, h, h)
  return torch.cat([torch.addcmul(a * cos, b, sin, value=-1), torch.addcmul(b * cos, a, sin)], -1)

class ESM2(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  heads : int
  head_dim : int
  norm_eps : float
  decoupled : bool
  beta1 : float
  beta2 : float
  adam_eps : float
  weight_decay : float
  clip_norm : float
  p : List[Tensor]
  m : List[Tensor]
  v : List[Tensor]
  t : List[Tensor]
  g : List[Tensor]
  none : List[Tensor]

  def init(self, p: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor], g: List[Tensor]) -> Tensor:
    self.p = p
    self.m = m
    self.v = v
    self.t = t
    self.g = g
    for x in p:
      x.requires_grad_(True)
    return torch.tensor(len(p))

  # tokens [B, T], scale [B, T] -> hidden states [B * T, D] after the final norm
  def encode(self, tokens: Tensor, scale: Tensor) -> Tensor:
    B = tokens.size(0)
    T = tokens.size(1)
    H = self.heads
    K = self.head_dim
    D = H * K
    p = self.p
    keys : Optional[Tensor] = None
    pad = torch.eq(tokens, 0)
    if bool(torch.any(pad)):
      keys = torch.bitwise_not(pad).view([B, 1, 1, T])
    frequency = 1.0 / torch.pow(10000, torch.arange(0, K, 2, dtype=4, device=tokens.device).to(6) / K)
    angle = torch.arange(T, dtype=4, device=tokens.device).to(6).unsqueeze(-1) * frequency.unsqueeze(0)
    cos = torch.cos(angle)
    sin = torch.sin(angle)
    x = (torch.embedding(p[0], tokens) * scale.unsqueeze(-1)).view([B * T, D])
    for i in range(self.layers):
      o = 1 + 16 * i
      y = torch.layer_norm(x, [D], p[o + 8], p[o + 9], self.norm_eps)
      qkv = torch.linear(y, torch.cat([p[o + 4], p[o], p[o + 2]]), torch.cat([p[o + 5], p[o + 1], p[o + 3]]))
      qkv = qkv.view([B, T, 3, H, K]).permute([2, 0, 3, 1, 4])
      qk = __torch__.halves_rotated(qkv.narrow(0, 0, 2), cos, sin)
      y = torch.scaled_dot_product_attention(qk.select(0, 0), qk.select(0, 1), qkv.select(0, 2), keys)
      x = x + torch.linear(y.transpose(1, 2).reshape([B * T, D]), p[o + 6], p[o + 7])
      y = torch.layer_norm(x, [D], p[o + 14], p[o + 15], self.norm_eps)
      x = x + torch.linear(torch.gelu(torch.linear(y, p[o + 10], p[o + 11])), p[o + 12], p[o + 13])
    o = 1 + 16 * self.layers
    return torch.layer_norm(x, [D], p[o], p[o + 1], self.norm_eps)

  # hidden states [S, D] -> logits [S, 29]; the embedding is the output matrix
  def head(self, x: Tensor) -> Tensor:
    p = self.p
    o = 3 + 16 * self.layers
    x = torch.gelu(torch.linear(x, p[o + 1], p[o + 2]))
    x = torch.layer_norm(x, [x.size(-1)], p[o + 3], p[o + 4], self.norm_eps)
    return torch.linear(x, p[0], p[o])

  def selected_logits(self, tokens: Tensor, scale: Tensor, selected: Tensor) -> Tensor:
    return self.head(torch.index_select(self.encode(tokens, scale), 0, selected))

  # logits [B * T, 29] of all positions, without gradient
  def logits(self, tokens: Tensor, scale: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    return self.head(self.encode(tokens, scale))

  # weight * (sum of the losses at the S selected positions); its gradient is added to g
  def micro(self, tokens: Tensor, scale: Tensor, selected: Tensor, targets: Tensor, weight: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    logits = self.selected_logits(tokens, scale, selected)
    loss = torch.cross_entropy_loss(logits, targets, None, 2, -100, 0.0) * weight
    gradients = torch.autograd.grad([loss], self.p)
    torch.set_grad_enabled(False)
    for i in range(len(gradients)):
      gradient = gradients[i]
      if torch.__isnot__(gradient, None):
        self.g[i].add_(unchecked_cast(Tensor, gradient))
    return loss.detach().to(7)

  # sum in float64 of the losses at the S selected positions
  def evaluate(self, tokens: Tensor, scale: Tensor, selected: Tensor, targets: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    logits = self.selected_logits(tokens, scale, selected)
    return torch.sum(torch.cross_entropy_loss(logits, targets, None, 0, -100, 0.0), dtype=7)

  # clip by global norm, one Adam step, gradients back to zero; returns the norm before clipping.
  # A norm that is not finite changes no parameter.
  def apply(self, learning_rate: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(self.g)))
    if bool(torch.isfinite(norm)):
      lr = float(learning_rate)
      torch._foreach_mul_(self.g, torch.clamp_max(self.clip_norm / (norm + 1e-6), 1.0))
      torch._foreach_add_(self.t, 1)
      if self.decoupled:
        torch._fused_adamw_(self.p, self.g, self.m, self.v, self.none, self.t, lr=lr, beta1=self.beta1, beta2=self.beta2, weight_decay=self.weight_decay, eps=self.adam_eps, amsgrad=False, maximize=False)
      else:
        torch._fused_adam_(self.p, self.g, self.m, self.v, self.none, self.t, lr=lr, beta1=self.beta1, beta2=self.beta2, weight_decay=self.weight_decay, eps=self.adam_eps, amsgrad=False, maximize=False)
    for x in self.g:
      x.zero_()
    return norm.to(7)
