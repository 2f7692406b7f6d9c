import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** The tests, the sandbox and the demo are ordinary Node programs: n8n's rules for nodes do not apply. */
export default tseslint.config(
	{ ignores: ['test/host/node_modules/**'] },
	js.configs.recommended,
	...tseslint.configs.recommended,
	{ languageOptions: { globals: globals.node } },
	{
		files: ['**/*.js'],
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
);
