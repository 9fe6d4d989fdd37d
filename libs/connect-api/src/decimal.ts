/** An exact decimal number: `unscaled` × 10^-`scale`. */
export class Decimal {
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
  ) {}
}
