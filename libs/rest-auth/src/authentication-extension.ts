import {
  CONNECT_VERSION,
  type Config,
  type Props,
  type RestExtension,
  type RestExtensionContext,
} from '@tributary/connect-api';
import { workerDefinition } from '@tributary/config-schemas';
import { authenticationFilter, type Authentication } from './authentication-filter.js';
import { BasicLogin } from './basic/basic-login.js';
import { credentialFiles } from './basic/login-config.js';
import { UserFile } from './basic/user-file.js';
import type { BearerLogin } from './bearer/bearer-login.js';
import { RoleRules } from './roles/role-rules.js';

/**
 * Basic authentication, where `rest.extension.classes` names it as the reference does, and bearer tokens, where
 * `rest.auth.jwt.jwks` is set; with both, either will do. A request that nobody has logged in for ends here.
 */
export class AuthenticationExtension implements RestExtension {
  static readonly className = 'org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension';

  private authentication: Authentication | undefined;

  version(): string {
    return CONNECT_VERSION;
  }

  async configure(props: Props): Promise<void> {
    const config = workerDefinition.parse(props);
    const basic = config.list('rest.extension.classes').includes(AuthenticationExtension.className);
    const jwks = config.optionalString('rest.auth.jwt.jwks');
    const names = (property: string) => ({ property, names: config.list(property) });
    const roles = new RoleRules(names('rest.auth.admin.users'), names('rest.auth.read.only.users'));
    const files = basic ? credentialFiles(config.optionalString('rest.auth.login.config'), process.env.KAFKA_OPTS) : [];
    this.authentication = {
      basic: basic
        ? new BasicLogin(
            files.map((file) => UserFile.read(file)),
            roles,
          )
        : undefined,
      bearer: jwks === undefined ? undefined : await bearerLogin(config, jwks),
      openPaths: config.list('rest.auth.open.paths'),
    };
  }

  register(context: RestExtensionContext): void {
    if (this.authentication === undefined) throw new Error('configure comes before register');
    context.use(authenticationFilter(this.authentication, context.answerUnserved));
  }

  close(): void {}
}

/** What checks tokens is loaded only where they are used: it would make every gateway start later. */
async function bearerLogin(config: Config, jwks: string): Promise<BearerLogin> {
  const { BearerLogin } = await import('./bearer/bearer-login.js');
  return BearerLogin.from(config, jwks);
}
