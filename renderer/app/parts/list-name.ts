export { listName } from '../../domain/person-name';
