/** In English: guidance, samplers and thresholds. */
export const guidanceTexts = {
  'sampler.ddim': 'DDIM',
  'sampler.ancestral': 'Ancestral',
  'sampler.stochastic-n-step': 'Stochastic N-step',
  'sampler.euler': 'Euler',
  'sampler.heun': 'Heun',

  'threshold.none': 'None',
  'threshold.static': 'Static',
  'threshold.dynamic': 'Dynamic',

  'guidance.label': 'Guidance',
  'guidance.constant': 'Constant',
  'guidance.oscillating': 'Oscillating',
  'guidance.curve': 'Curve',
  'guidance.kind': 'Kind of guidance',
  'guidance.none': 'This stage was trained without guidance.',
  'guidance.chart': 'Guidance weight over {steps} steps',
  'guidance.weight': 'Weight',
  'guidance.high': 'High',
  'guidance.low': 'Low',
  'guidance.from': 'From step',
  'guidance.to': 'To step',
  'guidance.period': 'Period',
  'guidance.point': 'Point {index}: step {step}, weight {weight}',
  'guidance.addPoint': 'Add a point',
} as const;
