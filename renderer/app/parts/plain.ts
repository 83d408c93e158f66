export { plain } from '../../domain/plain-letters';
