  # Training of any model: the second half of the class that the family's text begins.
  #
  # The caller owns all tensors and hands them over once, by init. In-place list operators act on attributes only: on a
  # local list, dead-code elimination drops them.
  __parameters__ = []
  __buffers__ = []
  training : bool
  bf16 : bool
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

  # forget the caller's tensors
  def release(self) -> Tensor:
    self.p = annotate(List[Tensor], [])
    self.m = annotate(List[Tensor], [])
    self.v = annotate(List[Tensor], [])
    self.t = annotate(List[Tensor], [])
    self.g = annotate(List[Tensor], [])
    return torch.tensor(0)

  # logits [B * T, 29] of all places, without gradient
  def logits(self, tokens: Tensor, scale: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    return self.logits_at(tokens, scale, torch.arange(tokens.numel(), device=tokens.device))

  # weight * (sum of the losses at the S selected places); its gradient is added to g
  def micro(self, tokens: Tensor, scale: Tensor, selected: Tensor, targets: Tensor, weight: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    logits = self.logits_at(tokens, scale, selected)
    loss = torch.cross_entropy_loss(logits, targets, None, 2, -100, 0.0) * weight
    gradients = torch.autograd.grad([loss], self.p)
    torch.set_grad_enabled(False)
    for i in range(len(gradients)):
      gradient = gradients[i]
      if torch.__isnot__(gradient, None):
        self.g[i].add_(unchecked_cast(Tensor, gradient))
    return loss.detach().to(7)

  # float64 sums of the losses at the S selected places [4]: of all, of those that show MASK (token 3), of those that show
  # another token than their target, of those that show it
  def evaluate(self, tokens: Tensor, scale: Tensor, selected: Tensor, targets: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    logits = self.logits_at(tokens, scale, selected)
    losses = torch.cross_entropy_loss(logits, targets, None, 0, -100, 0.0)
    shown = torch.index_select(torch.flatten(tokens), 0, selected)
    masked = torch.eq(shown, 3)
    unchanged = torch.eq(shown, targets)
    random = torch.bitwise_not(torch.bitwise_or(masked, unchanged))
    zero = torch.zeros_like(losses)
    sums = [torch.sum(losses, dtype=7)]
    for part in [masked, random, unchanged]:
      sums.append(torch.sum(torch.where(part, losses, zero), dtype=7))
    return torch.stack(sums)

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
