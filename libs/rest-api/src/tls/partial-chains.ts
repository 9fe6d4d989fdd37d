import type { Server } from 'node:https';

/** The part of Node's server that holds its secure context; private, but nothing public reaches it. */
interface WithContext {
  readonly _sharedCreds?: { readonly context: { setAllowPartialTrustChain?(): void } };
}

/**
 * Lets a server take a trusted certificate of a client, or above it, without those above that one, as Java does. Node has the
 * option `allowPartialTrustChain` for it, but servers do not pass it on. To be called after each `setSecureContext`.
 */
export function allowPartialChains(server: Server): void {
  (server as WithContext)._sharedCreds?.context.setAllowPartialTrustChain?.();
}
