/** Where Kubernetes mounts a pod's own token, its namespace and the API server's authority. */
export const POD_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';
