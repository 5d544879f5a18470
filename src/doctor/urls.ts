export { maskAddress as withoutCredentials } from '../host/mask.ts'
