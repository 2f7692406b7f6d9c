import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { differencesField } from '../nodes/shared/differences';
import { authenticateRequest } from '../nodes/Vendre/transport/request';

/** Address and key of a Vendre shop's admin API (contract vendre §1 and §5). */
export class VendreApi implements ICredentialType {
	name = 'vendreApi';

	displayName = 'Vendre API';

	icon: Icon = {
		light: 'file:../nodes/Vendre/vendre.svg',
		dark: 'file:../nodes/Vendre/vendre.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-vendre-specter/n8n-nodes-vendre-specter#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Shop URL',
			name: 'shopUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://www.myshop.se',
			description: 'The address of the shop, exactly as the browser shows it',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key of the admin API; Vendre’s support issues it',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A long random text of your choice. Vendre does not sign its webhooks, so their address carries it: …/vendre?event=new_order&secret=…. To replace one that leaked, enter a new one, a blank and the old one: both are accepted until you take the old one out.',
		},
		{
			displayName: 'API Path',
			name: 'apiPath',
			type: 'string',
			default: '/API/1',
			description: 'Where the API stands below the shop’s address',
		},
		{
			displayName: 'Authorization Header',
			name: 'authHeader',
			type: 'options',
			options: [
				{ name: 'Authorization: Bearer', value: 'bearer' },
				{ name: 'X-Authorization', value: 'X-Authorization' },
			],
			default: 'X-Authorization',
			description: 'The header in which the shop expects the API key',
		},
		{
			displayName: 'Save Verb',
			name: 'saveVerb',
			type: 'options',
			options: [
				{ name: 'POST', value: 'POST' },
				{ name: 'PUT', value: 'PUT' },
			],
			default: 'PUT',
			description: 'The HTTP verb with which the shop saves a record',
		},
		differencesField,
	];

	authenticate: IAuthenticate = authenticateRequest;
}
