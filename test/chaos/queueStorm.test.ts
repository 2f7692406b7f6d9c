import { queueMode } from './rig';
import { stormTest } from './stormTest';

stormTest('queue mode, a worker killed', queueMode);
