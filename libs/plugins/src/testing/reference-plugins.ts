import {
  ConfigDef,
  definePlugins,
  lambda,
  invalidValue,
  nonEmptyString,
  regularExpression,
  validList,
  type ConfigKeyInit,
  type PluginManifest,
} from '@tributary/connect-api';

/** Definitions of some of the reference's own plugins, for comparing validation answers; none of them does anything. */
const key = (
  type: ConfigKeyInit['type'],
  importance: ConfigKeyInit['importance'],
  more: Partial<ConfigKeyInit> = {},
): ConfigKeyInit => ({
  type,
  importance,
  documentation: '',
  ...more,
});

abstract class Described {
  version(): string {
    return '4.3.1';
  }
  configure(): void {}
}

abstract class TestTransformation extends Described {
  apply(): null {
    return null;
  }
}

abstract class TestPredicate extends Described {
  test(): boolean {
    return false;
  }
}

const TRANSFORMS = 'org.apache.kafka.connect.transforms.';

class Filter extends TestTransformation {
  static readonly className: string = `${TRANSFORMS}Filter`;
  config(): ConfigDef {
    return ConfigDef.define({});
  }
}

class RegexRouter extends TestTransformation {
  static readonly className = `${TRANSFORMS}RegexRouter`;
  config(): ConfigDef {
    return ConfigDef.define({
      regex: key('STRING', 'HIGH', { validator: regularExpression }),
      replacement: key('STRING', 'HIGH'),
    });
  }
}

class InsertFieldValue extends TestTransformation {
  static readonly className = `${TRANSFORMS}InsertField$Value`;
  config(): ConfigDef {
    const names = ['topic.field', 'partition.field', 'offset.field', 'timestamp.field', 'static.field', 'static.value'];
    return ConfigDef.define({
      ...Object.fromEntries(names.map((name) => [name, key('STRING', 'MEDIUM', { default: null })])),
      'replace.null.with.default': key('BOOLEAN', 'MEDIUM', { default: true }),
    });
  }
}

class ReplaceFieldValue extends TestTransformation {
  static readonly className = `${TRANSFORMS}ReplaceField$Value`;
  config(): ConfigDef {
    const pairs = lambda((name, value) => {
      const wrong = Array.isArray(value) ? value.find((pair: string) => pair.split(':').length !== 2) : undefined;
      if (wrong !== undefined) throw invalidValue(name, value, `Invalid rename mapping: ${wrong}`);
    }, 'pairs a:b');
    return ConfigDef.define({
      exclude: key('LIST', 'MEDIUM', { default: [], validator: validList({ empty: true }) }),
      include: key('LIST', 'MEDIUM', { default: [], validator: validList({ empty: true }) }),
      renames: key('LIST', 'MEDIUM', { default: [], validator: pairs }),
      'replace.null.with.default': key('BOOLEAN', 'MEDIUM', { default: true }),
    });
  }
}

class CastKey extends Filter {
  static override readonly className = `${TRANSFORMS}Cast$Key`;
}

class CastValue extends Filter {
  static override readonly className = `${TRANSFORMS}Cast$Value`;
}

class TopicNameMatches extends TestPredicate {
  static readonly className = `${TRANSFORMS}predicates.TopicNameMatches`;
  config(): ConfigDef {
    return ConfigDef.define({ pattern: key('STRING', 'MEDIUM', { validator: regularExpression }) });
  }
}

class RecordIsTombstone extends TestPredicate {
  static readonly className = `${TRANSFORMS}predicates.RecordIsTombstone`;
  config(): ConfigDef {
    return ConfigDef.define({});
  }
}

class HasHeaderKey extends TestPredicate {
  static readonly className = `${TRANSFORMS}predicates.HasHeaderKey`;
  config(): ConfigDef {
    return ConfigDef.define({ name: key('STRING', 'MEDIUM', { validator: nonEmptyString }) });
  }
}

export const referencePlugins: PluginManifest = definePlugins({
  transformations: [Filter, RegexRouter, InsertFieldValue, ReplaceFieldValue, CastKey, CastValue],
  predicates: [TopicNameMatches, RecordIsTombstone, HasHeaderKey],
});
