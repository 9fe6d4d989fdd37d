/** The token of an Authorization header; undefined where it has another scheme, or no token. */
export function bearerToken(authorization = ''): string | undefined {
  return /^bearer +([\w~+/.-]+=*)$/i.exec(authorization)?.[1];
}
