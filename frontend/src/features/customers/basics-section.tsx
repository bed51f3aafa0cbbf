import { t, type TextKey } from "@/lib/i18n";
import { Amount, Delta } from "@/ui/amount";
import { Section } from "@/ui/section";
import type { CustomerFile } from "./customer-file.gql";
import { RevealableField } from "./revealable-field";

const ID_TYPES = ["resident_id", "passport", "unified_social_credit_code"];

/** Who the customer is; each protected field with its lock. */
export function BasicsSection({ customer }: { customer: CustomerFile }) {
  const { id, kind, sex, idType } = customer;
  const isPerson = kind === "PERSON";
  return (
    <Section id="basics" title={t("file.basics")} className="file-wide">
      <dl className="facts">
        <div>
          <dt>{t("customer.phone")}</dt>
          <dd>
            <RevealableField customerId={id} field="PHONE" label={t("customer.phone")} value={customer.phone} />
          </dd>
        </div>
        <div>
          <dt>{idType && ID_TYPES.includes(idType) ? t(`idType.${idType}` as TextKey) : t("customer.idNumber")}</dt>
          <dd>
            <RevealableField customerId={id} field="ID_NUMBER" label={t("customer.idNumber")} value={customer.idNumber} />
          </dd>
        </div>
        {isPerson && (
          <div>
            <dt>{t("customer.birthDate")}</dt>
            <dd>
              <RevealableField customerId={id} field="BIRTH_DATE" label={t("customer.birthDate")} value={customer.birthDate} />
            </dd>
          </div>
        )}
        {isPerson && (
          <div>
            <dt>{t("customer.sex")}</dt>
            <dd>{sex === "female" || sex === "male" ? t(`sex.${sex}`) : t("sign.none")}</dd>
          </div>
        )}
        <div>
          <dt>{t("customer.occupation")}</dt>
          <dd>
            <RevealableField customerId={id} field="OCCUPATION" label={t("customer.occupation")} value={customer.occupation} />
          </dd>
        </div>
        <div>
          <dt>{t("customer.assetsWan")}</dt>
          <dd>
            <Amount amount={customer.averageAssets} />
          </dd>
        </div>
        <div>
          <dt>{t("customer.changeWan")}</dt>
          <dd>
            <Delta amount={customer.assetsChange} />
          </dd>
        </div>
        <div className="facts-wide">
          <dt>{t("customer.address")}</dt>
          <dd>
            <RevealableField customerId={id} field="ADDRESS" label={t("customer.address")} value={customer.address} />
          </dd>
        </div>
      </dl>
    </Section>
  );
}
