import { checkRecord } from '../../../shared/records';
import {
	chosenParallelRequests,
	forOperation,
	parallelRequests,
	type Operation,
} from '../../../shared/operation';
import { runPerItem } from '../../../shared/items';
import { specterCustomer, type SpecterCustomer } from '../../records';
import { refusalError, write } from '../../transport/client';
import { inCustomersTurn, type MatchedBy } from '../../transport/customerTurns';
import { toParameters } from '../../transport/parameters';
import type { SpecterParameters } from '../../transport/signature';
import { givenRecord, recordInput } from '../recordInput';

const description = forOperation('customer', 'createOrUpdate', [
	...recordInput(
		'customer',
		'Customer',
		{
			customerId: 'Customer Number',
			customerOrganizationalForm: 'Customer Type',
			name: 'Company Name',
			firstName: 'First Name',
			surName: 'Last Name',
			contactPerson: 'Contact Person',
			orgNo: 'Organisation Number',
			vatNo: 'VAT Number',
			emailAddress: 'E-Mail',
			phoneNo: 'Phone',
			mobileNo: 'Mobile Phone',
			faxNo: 'Fax',
			homepage: 'Homepage',
			language: 'Language',
			currency: 'Currency',
			customerGroupId: 'Customer Group ID',
			attention: 'Attention',
			invoiceCompanyName: 'Invoice Company Name',
			address: 'Street',
			addressRow2: 'Street, Row 2',
			zipCodeEng: 'Postcode',
			city: 'City',
			region: 'Region',
			countryCode: 'Country Code',
			deliveryCompanyName: 'Delivery Company Name',
			deliveryAttention: 'Delivery Attention',
			deliveryAddress: 'Delivery Street',
			deliveryAddressRow2: 'Delivery Street, Row 2',
			deliveryZipCodeEng: 'Delivery Postcode',
			deliveryCity: 'Delivery City',
			deliveryregion: 'Delivery Region',
			deliveryCountryCode: 'Delivery Country Code',
		},
		{
			customerOrganizationalForm: {
				type: 'options',
				options: [
					{ name: 'Company', value: 'C' },
					{ name: 'Person', value: 'P' },
				],
				default: 'C',
			},
		},
	),
	{
		displayName: 'Update Existing Customer',
		name: 'force',
		type: 'boolean',
		default: true,
		description:
			'Whether a customer that Specter has already (same number, e-mail or organisation number) is overwritten. Off: it keeps its data and only its number is returned.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Match By',
				name: 'matchBy',
				type: 'options',
				options: [
					{ name: 'E-Mail Only', value: 'email' },
					{ name: 'E-Mail Then Organisation Number', value: 'emailThenOrgNo' },
					{ name: 'Nothing: Always a New Customer', value: 'nothing' },
					{ name: 'Organisation Number Only', value: 'orgNo' },
				],
				default: 'emailThenOrgNo',
				description:
					'How Specter finds the customer that it has already. A customer number always comes first. With nothing to match by, sending a customer twice makes two.',
			},
			parallelRequests,
		],
	},
]);

type MatchBy = 'email' | 'emailThenOrgNo' | 'nothing' | 'orgNo';

/** The controls that Specter leaves out, for a customer without a number. Contract specter §4. */
const ignoredControls: Record<MatchBy, SpecterParameters> = {
	email: { ignoreControlOrgNo: '1' },
	emailThenOrgNo: {},
	nothing: { ignoreControlEmail: '1', ignoreControlOrgNo: '1' },
	orgNo: { ignoreControlEmail: '1' },
};

/** What Specter looks for an existing customer by. A customer number leaves it nothing to look for. */
function matchedBy(
	{ customerId, emailAddress, orgNo }: SpecterCustomer,
	matchBy: MatchBy,
): MatchedBy {
	if (customerId) return {};
	const { ignoreControlEmail, ignoreControlOrgNo } = ignoredControls[matchBy];
	return {
		email: ignoreControlEmail ? undefined : emailAddress,
		orgNo: ignoreControlOrgNo ? undefined : orgNo,
	};
}

/** Whether nothing is left that Specter could find an existing customer by. */
function isAlwaysNew({ customerId, orgNo }: SpecterCustomer, matchBy: MatchBy): boolean {
	return !customerId && (matchBy === 'nothing' || (matchBy === 'orgNo' && !orgNo));
}

/**
 * newCustomerSubmit: makes, matches or updates one customer per item (matrix C1–C16, contract
 * specter §4). A customer number identifies, and no control is named with it; without one Specter
 * matches as chosen, by e-mail and then by organisation number if nothing is. Specter does not tell a
 * new customer from a matched one: the outcome is `updated` where existing ones are overwritten, else
 * `created`. A customer that is always new is sent once only; records that may be one customer's go one
 * after another.
 */
export const createOrUpdate: Operation = {
	description,
	async execute(context) {
		return await runPerItem(context, chosenParallelRequests(context), async (itemIndex) => {
			const given = givenRecord(context, 'customer', itemIndex);
			const customer = checkRecord(specterCustomer, given, 'The customer');
			const force = context.getNodeParameter('force', itemIndex) as boolean;
			const matchBy = context.getNodeParameter(
				'options.matchBy',
				itemIndex,
				'emailThenOrgNo',
			) as MatchBy;
			const alwaysNew = isAlwaysNew(customer, matchBy);
			const what = `the customer ${customer.emailAddress}`;
			const parameters = {
				action: 'newCustomerSubmit',
				forceCustomerUpdate: force ? '1' : '0',
				...(customer.customerId ? { identifyByCustomerId: '1' } : ignoredControls[matchBy]),
				...toParameters(customer),
			};
			const { answer } = await inCustomersTurn(
				context,
				matchedBy(customer, matchBy),
				async () => await write(context, parameters, { repeatable: !alwaysNew, what, itemIndex }),
			);
			if (!answer.done) {
				throw refusalError(context.getNode(), answer, {
					what,
					advice:
						'Correct the customer in the shop, or in Specter where it has another number than the one sent, and run the item again.',
					itemIndex,
				});
			}
			return [
				{
					outcome: force && !alwaysNew ? 'updated' : 'created',
					customerId: answer.id,
					emailAddress: customer.emailAddress,
					message: answer.message,
				},
			];
		});
	},
};
