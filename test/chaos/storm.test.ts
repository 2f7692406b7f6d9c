import { oneProcess } from './rig';
import { stormTest } from './stormTest';

stormTest('one process, killed as a whole', oneProcess);
