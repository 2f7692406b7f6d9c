import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { differencesField } from '../nodes/shared/differences';
import { signRequest } from '../nodes/Specter/transport/request';

/** Account and keys of Specter's web-shop API (contract specter §1 and §2). */
export class SpecterApi implements ICredentialType {
	name = 'specterApi';

	displayName = 'Specter API';

	icon: Icon = {
		light: 'file:../nodes/Specter/specter.svg',
		dark: 'file:../nodes/Specter/specter.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-vendre-specter/n8n-nodes-vendre-specter#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.specter.se/',
			required: true,
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{ name: 'Version 2', value: '2' },
				{ name: 'Version 1', value: '1' },
			],
			default: '2',
			description: 'Version 2 since August 2020; needed where several shops share one account',
		},
		{
			displayName: 'SBM ID',
			name: 'sbmId',
			type: 'string',
			default: '',
			required: true,
			description: 'The number of your Specter account (SBM-id)',
		},
		{
			displayName: 'API User Key',
			name: 'apiUserKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { apiVersion: ['2'] } },
			description: 'The key of the API user (API-användarnyckel)',
		},
		{
			displayName: 'Integration Key',
			name: 'integrationKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { apiVersion: ['2'] } },
			description: 'The key of the integration (integrationsnyckel)',
		},
		{
			displayName: 'MD5 Key 1',
			name: 'apiUserKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { apiVersion: ['1'] } },
		},
		{
			displayName: 'MD5 Key 2',
			name: 'integrationKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { apiVersion: ['1'] } },
		},
		{
			displayName: 'API User ID',
			name: 'apiUserId',
			type: 'string',
			default: '',
			displayOptions: { show: { apiVersion: ['2'] } },
			description: 'Leave empty if Specter gave you none',
		},
		{
			displayName: 'Call-Back Secret',
			name: 'callBackSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Specter does not sign its call-backs, so their addresses carry a secret. Leave empty to have it derived from the keys; enter a long random text of your own to call a test address by hand. To replace an address that leaked, enter a new one, a blank and the old one: the first goes into the addresses when the workflow is published, all are accepted.',
		},
		differencesField,
	];

	authenticate: IAuthenticate = signRequest;
}
