import { definePlugins } from '@tributary/connect-api';
import { HasHeaderKey } from './predicates/has-header-key.js';
import { RecordIsTombstone } from './predicates/record-is-tombstone.js';
import { TopicNameMatches } from './predicates/topic-name-matches.js';
import { CastKey, CastValue } from './transformations/cast.js';
import { DropHeaders } from './transformations/drop-headers.js';
import { ExtractFieldKey, ExtractFieldValue } from './transformations/extract-field.js';
import { Filter } from './transformations/filter.js';
import { FlattenKey, FlattenValue } from './transformations/flatten.js';
import { HeaderFromKey, HeaderFromValue } from './transformations/header-from.js';
import { HoistFieldKey, HoistFieldValue } from './transformations/hoist-field.js';
import { InsertFieldKey, InsertFieldValue } from './transformations/insert-field.js';
import { InsertHeader } from './transformations/insert-header.js';
import { MaskFieldKey, MaskFieldValue } from './transformations/mask-field.js';
import { RegexRouter } from './transformations/regex-router.js';
import { ReplaceFieldKey, ReplaceFieldValue } from './transformations/replace-field.js';
import { SetSchemaMetadataKey, SetSchemaMetadataValue } from './transformations/set-schema-metadata.js';
import { TimestampConverterKey, TimestampConverterValue } from './transformations/timestamp-converter.js';
import { TimestampRouter } from './transformations/timestamp-router.js';
import { ValueToKey } from './transformations/value-to-key.js';

/** The built-in transformations and predicates. */
export const plugins = definePlugins({
  transformations: [
    CastKey,
    CastValue,
    DropHeaders,
    ExtractFieldKey,
    ExtractFieldValue,
    Filter,
    FlattenKey,
    FlattenValue,
    HeaderFromKey,
    HeaderFromValue,
    HoistFieldKey,
    HoistFieldValue,
    InsertFieldKey,
    InsertFieldValue,
    InsertHeader,
    MaskFieldKey,
    MaskFieldValue,
    RegexRouter,
    ReplaceFieldKey,
    ReplaceFieldValue,
    SetSchemaMetadataKey,
    SetSchemaMetadataValue,
    TimestampConverterKey,
    TimestampConverterValue,
    TimestampRouter,
    ValueToKey,
  ],
  predicates: [HasHeaderKey, RecordIsTombstone, TopicNameMatches],
});
