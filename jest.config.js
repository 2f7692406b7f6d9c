/**
 * Four projects: `unit` needs nothing, `workflow` runs the nodes in n8n's engine, `e2e` a real n8n server, and
 * `chaos` one that is killed and lied to.
 */
const shared = {
	testEnvironment: 'node',
	transform: {
		'^.+\\.(ts|js)$': [
			'@swc/jest',
			{
				jsc: {
					target: 'es2022',
					parser: { syntax: 'typescript', decorators: true },
				},
				module: { type: 'commonjs' },
			},
		],
	},
	// any-ascii is an ES module; everything else in node_modules is run as it is.
	transformIgnorePatterns: ['/node_modules/(?!any-ascii/)'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/host/node_modules/'],
};

/** @type {import('jest').Config} */
module.exports = {
	testTimeout: 30_000,
	projects: [
		{ ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
		{ ...shared, displayName: 'workflow', testMatch: ['<rootDir>/test/workflow/**/*.test.ts'] },
		{
			...shared,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
			globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
			globalTeardown: '<rootDir>/test/e2e/globalTeardown.ts',
		},
		{
			...shared,
			displayName: 'chaos',
			testMatch: ['<rootDir>/test/chaos/**/*.test.ts'],
			globalSetup: '<rootDir>/test/chaos/globalSetup.ts',
		},
	],
};
