export class LivenessView {
  status: 'up';
}

export class CheckView {
  name: string;
  status: 'up' | 'slow' | 'down';
  detail: string;
}

/** Each thing the service depends on, by name. */
export class ReadinessView {
  status: 'up' | 'down';
  checks: CheckView[];
}
