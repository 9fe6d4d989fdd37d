import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';

type LookUp = (name: string) => Promise<{ readonly address: string }>;

/** IPv4 first, as the JVM does. */
const lookUp: LookUp = (name) => lookup(name, { verbatim: false });

/**
 * This machine as others may call it: the address that its name stands for, as in the reference, because names of
 * containers and pods mean nothing elsewhere. Where that address means this machine on every machine, its name.
 */
export async function localHost(name = hostname(), find = lookUp): Promise<string> {
  const found = await find(name).catch(() => undefined);
  return found === undefined || isLoopback(found.address) ? name : found.address;
}

const isLoopback = (address: string) => address.startsWith('127.') || address === '::1';
